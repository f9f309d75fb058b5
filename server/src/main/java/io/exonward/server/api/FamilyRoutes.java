package io.exonward.server.api;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Sample;
import io.exonward.common.hash.Sha256;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.gene.Families;
import io.exonward.server.gene.GeneForm;
import io.exonward.server.gene.StoredFamily;
import io.exonward.server.gene.StoredSample;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Families of code and their samples. */
final class FamilyRoutes {
  private static final int MAX_GENES = 16 * 1024 * 1024;
  private static final int MAX_VERSION = 200; // Sample
  private static final int MAX_PROVENANCE = 1000;

  private final Families families;
  private final Audited audited;

  FamilyRoutes(Families families, Audited audited) {
    this.families = families;
    this.audited = audited;
  }

  List<Route> routes() {
    String path = "/api/v1/families";
    String one = path + "/{name}";
    String samples = one + "/samples";
    Role change = Role.ADMINISTRATOR;
    return List.of(
        Routes.get("listFamilies", path, Role.VIEWER, this::list),
        Routes.post("createFamily", path, change, this::create),
        Routes.get("readFamily", one, Role.VIEWER, this::read),
        Routes.put("updateFamily", one, change, this::update),
        Routes.delete("deleteFamily", one, change, this::delete),
        Routes.post("addFamilySample", samples, change, this::addSample),
        Routes.delete("removeFamilySample", samples + "/{sha256}", change, this::removeSample));
  }

  private record FamilyCreate(@Nullable String name, @Nullable String kind) {}

  private record FamilyView(
      String name, String kind, int samples, int versions, Instant createdAt, String createdBy) {
    static FamilyView of(StoredFamily it) {
      return new FamilyView(
          it.family().name(),
          Fields.code(it.family().kind()),
          it.samples(),
          it.versions(),
          it.createdAt(),
          it.createdBy());
    }
  }

  private record SampleView(
      String sha256,
      String version,
      String provenance,
      int hosts,
      Instant addedAt,
      String addedBy) {
    static SampleView of(StoredSample it) {
      return new SampleView(
          it.sample().sha256().toString(),
          it.sample().version(),
          it.sample().provenance(),
          it.hosts(),
          it.addedAt(),
          it.addedBy());
    }
  }

  private record FamilyDetailView(
      FamilyView family, List<SampleView> items, @Nullable String next) {}

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after", "kind", "q"));
    call.list(
        families.list(
            call.parameter("kind", it -> Fields.choice("kind", it, Family.Kind.class)),
            call.parameter("q"),
            call.page()),
        FamilyView::of);
  }

  private void create(Call call) {
    FamilyCreate body = call.body(FamilyCreate.class);
    String name = Fields.require("name", body.name());
    Family.Kind kind = Fields.choice("kind", body.kind(), Family.Kind.class);
    StoredFamily family =
        audited.change(
            call.caller(),
            () -> families.create(name, kind, call.caller().operator()),
            _ -> new Line("family.create", target(name), Map.of("kind", Fields.code(kind))));
    call.json(201, FamilyView.of(family));
  }

  private void read(Call call) {
    call.allowParameters(Set.of("limit", "after"));
    StoredFamily family = families.read(call.path("name"));
    Page<StoredSample> samples = families.listSamples(family.family().name(), call.page());
    call.ok(
        new FamilyDetailView(
            FamilyView.of(family),
            samples.items().stream().map(SampleView::of).toList(),
            samples.next()));
  }

  private void update(Call call) {
    FamilyCreate body = call.body(FamilyCreate.class);
    String name = call.path("name");
    Family.Kind kind =
        body.kind() == null ? null : Fields.choice("kind", body.kind(), Family.Kind.class);
    StoredFamily family =
        audited.change(
            call.caller(),
            () -> families.change(name, body.name(), kind),
            it ->
                new Line(
                    "family.change",
                    target(name),
                    Map.of("name", it.family().name(), "kind", Fields.code(it.family().kind()))));
    call.ok(FamilyView.of(family));
  }

  private void delete(Call call) {
    String name = call.path("name");
    change(call, () -> families.remove(name), new Line("family.delete", target(name), Map.of()));
    call.noContent();
  }

  private void change(Call call, Runnable change, Line line) {
    boolean _ =
        audited.change(
            call.caller(),
            () -> {
              change.run();
              return true;
            },
            _ -> line);
  }

  private void addSample(Call call) {
    call.allowParameters(Set.of("sha256", "version", "provenance"));
    String name = call.path("name");
    byte[] body = call.bytes(MAX_GENES);
    Sha256 sha256 = Fields.sha256("sha256", Fields.require("sha256", call.parameter("sha256")));
    String version = call.parameter("version", MAX_VERSION);
    String provenance = call.parameter("provenance", MAX_PROVENANCE);
    Sample sample =
        new Sample(sha256, version == null ? "" : version, provenance == null ? "" : provenance);
    GeneSet genes = decode(body);
    StoredSample stored =
        audited.change(
            call.caller(),
            () -> families.addSample(name, sample, genes, call.caller().operator()),
            _ ->
                new Line(
                    "family.add",
                    target(name),
                    Map.of("sha256", sha256.toString(), "version", sample.version())));
    call.json(201, SampleView.of(stored));
  }

  private static GeneSet decode(byte[] body) {
    GeneSet genes;
    try {
      genes = GeneForm.read(body);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed(null, "the body is no gene set: " + e.getMessage());
    }
    if (genes.definition() != GeneSet.DEFINITION) {
      throw ProblemException.malformed(
          null,
          "the genes are of definition %d, this server works with %d"
              .formatted(genes.definition(), GeneSet.DEFINITION));
    }
    return genes;
  }

  private void removeSample(Call call) {
    String name = call.path("name");
    Sha256 sha256 = call.sha256("sha256");
    change(
        call,
        () -> families.removeSample(name, sha256),
        new Line("family.remove", target(name), Map.of("sha256", sha256.toString())));
    call.noContent();
  }

  private static String target(String name) {
    return "family/" + name;
  }
}
