package io.exonward.server.cli;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.GeneSetCodec;
import io.exonward.common.gene.Sample;
import io.exonward.common.gene.index.GeneIndexWriter;
import io.exonward.server.cli.client.Api;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.gene.GeneWork;
import io.exonward.server.cli.gene.LocalIndex;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code exonctl family add}. */
final class FamilyAddCommand {
  private static final List<String> KINDS =
      Arrays.stream(Family.Kind.values())
          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
          .toList();
  private static final int MAX_PROVENANCE_CHARS = 1000;

  /** So that a long import that is ended keeps most of what it did. */
  private static final int SAMPLES_PER_COMMIT = 256;

  private final Invocation invocation;
  private final PositionalParamSpec name = Arguments.operand(0, "NAME", "Name of the family");
  private final PositionalParamSpec files =
      Arguments.operands(1, "FILE", "Files, directories, .deb or .rpm packages");
  private final OptionSpec kind =
      Arguments.requiredChoice("--kind", KINDS, "How much its code is worth");
  private final OptionSpec version =
      Arguments.option("--version", "V", "Version; that of the package if absent");
  private final OptionSpec index = GeneArguments.index();

  FamilyAddCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb("add", "Add code to a family", this::run, name, files, kind, version, index);
  }

  private void run() {
    Family family = family();
    List<Path> paths = GeneArguments.paths(files);
    LocalIndex local = GeneArguments.local(index);
    Import imported =
        local == null
            ? add(paths, new Upload(invocation.api(), family))
            : local.change(writer -> add(paths, new IndexWrite(writer, family)));
    report(imported, family);
  }

  private Import add(List<Path> paths, Destination destination) {
    Import running = new Import(destination, Arguments.value(version));
    running.summary =
        GeneArguments.work(invocation, "read").run(paths, Function.identity(), running::add);
    return running;
  }

  private Family family() {
    try {
      return new Family(
          Arguments.required(name),
          Family.Kind.valueOf(Arguments.required(kind).toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "family: " + e.getMessage(), e);
    }
  }

  private void report(Import imported, Family family) {
    int all = imported.added + imported.known;
    if (all == 0) {
      throw new Failure(
          ExitCode.REFUSED, "no code was found, so " + family.name() + " is as it was");
    }
    invocation
        .printer()
        .message(
            "added %d to %s%s"
                .formatted(
                    imported.added,
                    family.name(),
                    imported.known == 0 ? "" : ", " + imported.known + " were there already"));
    if (imported.summary.gaps() > 0) {
      throw new Failure(
          ExitCode.REFUSED, imported.summary.gaps() + " files could not be looked at, see above");
    }
  }

  /** Where samples go. */
  private interface Destination {
    /** Returns whether it was new. */
    boolean add(Sample sample, GeneSet genes);
  }

  /** To an index on this machine. */
  private static final class IndexWrite implements Destination {
    private final GeneIndexWriter writer;
    private final Family family;
    private int added;

    IndexWrite(GeneIndexWriter writer, Family family) {
      this.writer = writer;
      this.family = family;
    }

    @Override
    public boolean add(Sample sample, GeneSet genes) {
      boolean isNew;
      try {
        isNew = writer.add(family, sample, genes);
      } catch (IllegalArgumentException e) {
        throw new Failure(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
      }
      if (isNew && ++added % SAMPLES_PER_COMMIT == 0) {
        writer.commit();
      }
      return isNew;
    }
  }

  /** To the server, which gets the genes and never the file. */
  private static final class Upload implements Destination {
    private final Api api;
    private final Family family;
    private boolean isThere;

    Upload(Api api, Family family) {
      this.api = api;
      this.family = family;
    }

    @Override
    public boolean add(Sample sample, GeneSet genes) {
      if (!isThere) {
        create();
        isThere = true;
      }
      api.upload(
          Target.of("families", family.name(), "samples")
              .with("sha256", sample.sha256().toString())
              .with("version", sample.version())
              .with("provenance", sample.provenance()),
          GeneSetCodec.encode(genes));
      return true;
    }

    private void create() {
      String kind = family.kind().name().toLowerCase(Locale.ROOT);
      String existing;
      try {
        existing =
            Json.text(api.get(Target.of("families", family.name())).json(), "family", "kind");
      } catch (Failure e) {
        if (e.exitCode() != ExitCode.NOT_FOUND) {
          throw e;
        }
        api.post(Target.of("families"), Json.object().put("name", family.name()).put("kind", kind));
        return;
      }
      if (!kind.equals(existing)) {
        throw new Failure(
            ExitCode.REFUSED, "family " + family.name() + " is there, and is " + existing);
      }
    }
  }

  /** One import that is running. */
  private static final class Import {
    private final Destination destination;
    private final @Nullable String version;
    private GeneWork.Summary summary = new GeneWork.Summary(0, 0);
    private int added;
    private int known;

    Import(Destination destination, @Nullable String version) {
      this.destination = destination;
      this.version = version;
    }

    void add(GeneWork.Done<GeneSet> done) {
      if (destination.add(sample(done), done.result())) {
        added++;
      } else {
        known++;
      }
    }

    private Sample sample(GeneWork.Done<GeneSet> done) {
      try {
        return new Sample(
            done.sha256(), version == null ? done.version() : version, provenance(done.name()));
      } catch (IllegalArgumentException e) {
        throw new Failure(ExitCode.USAGE, done.name() + ": " + e.getMessage(), e);
      }
    }

    /** The end of a path says more than its start. */
    private static String provenance(String name) {
      int start = Math.max(0, name.length() - MAX_PROVENANCE_CHARS);
      return name.substring(start);
    }
  }
}
