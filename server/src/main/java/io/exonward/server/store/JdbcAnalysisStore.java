package io.exonward.server.store;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.gene.AnalysisRequest;
import io.exonward.server.gene.AnalysisStore;
import io.exonward.server.gene.Sighting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests for analysis in PostgreSQL. Thread-safe. */
public final class JdbcAnalysisStore implements AnalysisStore {
  private static final String REQUEST = "select * from analysis_request where state = 'OPEN' and ";

  private final Database database;

  public JdbcAnalysisStore(Database database) {
    this.database = database;
  }

  @Override
  public void addCandidates(
      UUID host, Collection<Sighting> sightings, int definition, Instant now) {
    List<Sighting> list = List.copyOf(sightings);
    database.use(handle ->
        handle
            .createUpdate(
                CandidateSql.add(
                    """
                    select decode(hex, 'hex') as sha256, :host::uuid as host_id, manager, name,
                      version, architecture
                    from unnest(:hashes, :managers, :names, :versions, :architectures)
                      as reported (hex, manager, name, version, architecture)\
                    """))
            .bind("host", host)
            .bind("definition", definition)
            .bind("at", Columns.at(now))
            .bindArray(
                "hashes", String.class, list.stream().map(it -> it.sha256().toString()).toArray())
            .bindArray("managers", String.class, owners(list, PackageRef::manager))
            .bindArray("names", String.class, owners(list, PackageRef::name))
            .bindArray("versions", String.class, owners(list, PackageRef::version))
            .bindArray("architectures", String.class, owners(list, PackageRef::architecture))
            .execute());
  }

  private static @Nullable Object[] owners(
      List<Sighting> sightings, Function<PackageRef, String> part) {
    @Nullable Object[] parts = new @Nullable Object[sightings.size()];
    for (int i = 0; i < parts.length; i++) {
      PackageRef owner = sightings.get(i).owner();
      parts[i] = owner == null ? null : part.apply(owner);
    }
    return parts;
  }

  @Override
  public void addHolders(Sha256 sha256, int definition, Instant now) {
    database.use(handle ->
        handle
            .createUpdate(
                CandidateSql.add(
                    """
                    select sha256, host_id, null::text as manager, null::text as name,
                      null::text as version, null::text as architecture
                    from code_object_host where sha256 = :sha256 order by last_seen desc limit 5\
                    """))
            .bind("sha256", sha256.toBytes())
            .bind("definition", definition)
            .bind("at", Columns.at(now))
            .execute());
  }

  @Override
  public void forgetFailures(Sha256 sha256) {
    database.use(handle ->
        handle
            .createUpdate("delete from analysis_request where sha256 = :sha256 and state <> 'OPEN'")
            .bind("sha256", sha256.toBytes())
            .execute());
  }

  @Override
  public int countCandidates() {
    return database.with(handle ->
        handle.createQuery("select count(*) from analysis_candidate").mapTo(Integer.class).one());
  }

  @Override
  public List<Candidate> listCandidates(Set<UUID> hosts, int limit) {
    return database.with(handle ->
        handle
            .createQuery(CandidateSql.LIST)
            .bindArray("hosts", UUID.class, hosts.toArray())
            .bind("limit", limit)
            .map((row, _) ->
                new Candidate(
                    Columns.uuid(row, "host_id"),
                    new Sighting(Columns.sha256(row, "sha256"), Owners.read(row))))
            .list());
  }

  @Override
  public Optional<AnalysisRequest> open(Candidate candidate, Instant now, Instant expiresAt) {
    Sighting sighting = candidate.sighting();
    return database.with(handle -> {
      handle
          .createUpdate("delete from analysis_candidate where sha256 = :sha256 and host_id = :host")
          .bind("sha256", sighting.sha256().toBytes())
          .bind("host", candidate.host())
          .execute();
      return Owners.bind(
              handle
                  .createQuery(CandidateSql.OPEN)
                  .bind("sha256", sighting.sha256().toBytes())
                  .bind("host", candidate.host())
                  .bind("at", Columns.at(now))
                  .bind("expiresAt", Columns.at(expiresAt)),
              sighting.owner())
          .map((row, _) -> request(row))
          .findOne();
    });
  }

  private static AnalysisRequest request(ResultSet row) throws SQLException {
    return new AnalysisRequest(
        row.getLong("id"),
        Columns.sha256(row, "sha256"),
        Columns.uuid(row, "host_id"),
        Columns.instant(row, "expires_at"),
        Owners.read(row));
  }

  @Override
  public void removeCandidates(Sha256 sha256) {
    database.use(handle ->
        handle
            .createUpdate("delete from analysis_candidate where sha256 = :sha256")
            .bind("sha256", sha256.toBytes())
            .execute());
  }

  @Override
  public Optional<AnalysisRequest> lockOpen(long id, UUID host) {
    return database.with(handle ->
        handle
            .createQuery(REQUEST + "id = :id and host_id = :host for update")
            .bind("id", id)
            .bind("host", host)
            .map((row, _) -> request(row))
            .findOne());
  }

  @Override
  public void close(long id, State state, @Nullable String error) {
    database.use(handle ->
        handle
            .createUpdate(
                "update analysis_request set state = :state, error = :error where id = :id")
            .bind("id", id)
            .bind("state", state.name())
            .bind("error", error)
            .execute());
  }

  @Override
  public void putBack(AnalysisRequest request, Instant now) {
    Sighting sighting = new Sighting(request.sha256(), request.owner());
    addCandidates(request.host(), List.of(sighting), GeneSet.DEFINITION, now);
  }

  @Override
  public List<AnalysisRequest> listExpired(Instant now) {
    return database.with(handle ->
        handle
            .createQuery(REQUEST + "expires_at <= :now order by id limit 500")
            .bind("now", Columns.at(now))
            .map((row, _) -> request(row))
            .list());
  }

  @Override
  public List<OpenCount> countOpen() {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select host_id, count(*) as requests from analysis_request
                where state = 'OPEN' group by host_id\
                """)
            .map((row, _) -> new OpenCount(Columns.uuid(row, "host_id"), row.getInt("requests")))
            .list());
  }

  @Override
  public void dropBefore(Instant time) {
    database.use(handle -> {
      handle
          .createUpdate("delete from analysis_request where state <> 'OPEN' and asked_at < :time")
          .bind("time", Columns.at(time))
          .execute();
      handle
          .createUpdate("delete from analysis_candidate where at < :time")
          .bind("time", Columns.at(time))
          .execute();
    });
  }

  @Override
  public Progress readProgress(Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery(CandidateSql.PROGRESS)
            .bind("sha256", sha256.toBytes())
            .map((row, _) ->
                new Progress(
                    row.getBoolean("is_asked"),
                    row.getBoolean("is_waiting"),
                    row.getInt("without_genes"),
                    row.getInt("claims"),
                    row.getInt("digests"),
                    row.getString("error")))
            .one());
  }
}
