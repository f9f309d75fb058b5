package io.exonward.server.store;

import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.hash.Sha256;
import io.exonward.server.gene.GeneFigures;
import io.exonward.server.gene.IndexSize;
import io.exonward.server.gene.Lineage;
import io.exonward.server.gene.LineageStore;
import io.exonward.server.gene.StoredGeneSet;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What code is related to, in PostgreSQL. Thread-safe. */
public final class JdbcLineageStore implements LineageStore {
  private static final String COLUMNS =
      """
      select sha256, classification, reason, families, foreign_functions, novel_functions,
        novel_bytes, function_count, is_complete, is_verified, analyzed_at
      from code_classification\
      """;
  private static final String DUE =
      """
       from gene_set g left join code_classification c on c.sha256 = g.sha256
      where g.definition = :definition and (c.sha256 is null
        or c.generation < (select hunt_generation from gene_state))\
      """;

  private final Database database;

  public JdbcLineageStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Lineage> find(Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery(COLUMNS + " where sha256 = :sha256")
            .bind("sha256", sha256.toBytes())
            .map((row, _) -> LineageRows.lineage(row))
            .findOne());
  }

  @Override
  public Map<Sha256, Lineage> findAll(Collection<Sha256> hashes) {
    Map<Sha256, Lineage> found = new HashMap<>();
    database.use(handle ->
        handle
            .createQuery(COLUMNS + " where sha256" + Hashes.IN)
            .bindArray("hashes", String.class, Hashes.toHex(hashes))
            .map((row, _) -> LineageRows.lineage(row))
            .forEach(it -> found.put(it.sha256(), it)));
    return found;
  }

  @Override
  public void put(Lineage it, List<FunctionMatch> functions, long generation) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                insert into code_classification (sha256, classification, reason, families,
                  foreign_functions, novel_functions, novel_bytes, functions, function_count,
                  is_complete, is_verified, generation, analyzed_at)
                values (:sha256, :classification, :reason, :families::jsonb, :foreign::jsonb,
                  :novelFunctions, :novelBytes, :functions, :count, :isComplete, :isVerified,
                  :generation, :at)
                on conflict (sha256) do update set
                  classification = excluded.classification, reason = excluded.reason,
                  families = excluded.families, foreign_functions = excluded.foreign_functions,
                  novel_functions = excluded.novel_functions, novel_bytes = excluded.novel_bytes,
                  functions = excluded.functions, function_count = excluded.function_count,
                  is_complete = excluded.is_complete, is_verified = excluded.is_verified,
                  generation = excluded.generation, analyzed_at = excluded.analyzed_at\
                """)
            .bind("sha256", it.sha256().toBytes())
            .bind("classification", it.classification().name())
            .bind("reason", it.reason())
            .bind("families", LineageRows.write(it.families(), LineageRows::writeFamily))
            .bind("foreign", LineageRows.write(it.malicious(), LineageRows::writeFunction))
            .bind("novelFunctions", it.novel().functions())
            .bind("novelBytes", it.novel().bytes())
            .bind("functions", LineageRows.compress(functions))
            .bind("count", functions.size())
            .bind("isComplete", it.isComplete())
            .bind("isVerified", it.isVerified())
            .bind("generation", generation)
            .bind("at", Columns.at(it.analyzedAt()))
            .execute());
  }

  @Override
  public Page<FunctionMatch> listFunctions(Sha256 sha256, PageRequest page) {
    List<FunctionMatch> all =
        database
            .with(handle ->
                handle
                    .createQuery("select functions from code_classification where sha256 = :sha256")
                    .bind("sha256", sha256.toBytes())
                    .map((row, _) -> row.getBytes("functions"))
                    .findOne())
            .map(LineageRows::decompress)
            .orElse(List.of());
    Long position = Positions.number(page);
    long from = position == null ? 0 : position;
    if (from < 0 || from > all.size()) {
      throw PageRequest.unknownPosition();
    }
    int start = (int) from;
    int end = Math.min(all.size(), start + page.limit() + 1);
    return Page.of(all.subList(start, end), page, _ -> Long.toString(from + page.limit()));
  }

  @Override
  public void expire(Sha256 sha256) {
    database.use(handle -> LineageRows.expire(handle, sha256));
  }

  @Override
  public List<StoredGeneSet> listDue(int definition, int limit) {
    return database.with(handle ->
        handle
            .createQuery(
                "select g.sha256, g.definition, g.digest, g.source, g.is_verified"
                    + DUE
                    + " order by c.sha256 is null desc, g.added_at desc limit :limit")
            .bind("definition", definition)
            .bind("limit", limit)
            .map((row, _) -> JdbcGeneSetStore.geneSet(row))
            .list());
  }

  @Override
  public GeneFigures readFigures(int definition, IndexSize index) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select (select count(*) from gene_family) as families,
                  (select count(*) from gene_sample) as samples,
                  (select count(*) from gene_set where definition = :definition) as sets,
                  (select count(*) %s) as due,
                  (select count(distinct sha256) from analysis_candidate) as waiting,
                  (select count(*) from analysis_request where state = 'OPEN') as open\
                """
                    .formatted(DUE))
            .bind("definition", definition)
            .map((row, _) ->
                new GeneFigures(
                    row.getInt("families"),
                    row.getInt("samples"),
                    row.getInt("sets"),
                    row.getInt("due"),
                    row.getInt("waiting"),
                    row.getInt("open"),
                    index.genes(),
                    index.functions(),
                    index.bytes()))
            .one());
  }

  @Override
  public Set<UUID> holders(Sha256 sha256, Set<UUID> hosts) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select host_id from code_object_host
                where sha256 = :sha256 and host_id = any(:hosts)\
                """)
            .bind("sha256", sha256.toBytes())
            .bindArray("hosts", UUID.class, hosts.toArray())
            .map((row, _) -> Columns.uuid(row, "host_id"))
            .set());
  }
}
