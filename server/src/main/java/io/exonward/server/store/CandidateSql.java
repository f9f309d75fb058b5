package io.exonward.server.store;

/** Statements about whom to ask for the genes of what. */
final class CandidateSql {
  /** Whom to ask next: what belongs to no package first, then what is newest. */
  static final String LIST =
      """
      select * from (
        select distinct on (c.sha256) c.*, (select count(*) from analysis_request r
            where r.sha256 = c.sha256 and r.host_id = c.host_id) as tries
        from analysis_candidate c
        where c.host_id = any(:hosts) and not exists (select from analysis_request r
          where r.sha256 = c.sha256 and r.state = 'OPEN')
        order by c.sha256, tries, c.at
      ) first order by package_name is null desc, tries, at desc limit :limit\
      """;

  static final String OPEN =
      """
      insert into analysis_request (sha256, host_id, state, asked_at, expires_at,
        package_manager, package_name, package_version, package_architecture)
      values (:sha256, :host, 'OPEN', :at, :expiresAt, :manager, :name, :version, :architecture)
      on conflict do nothing returning *\
      """;

  static final String PROGRESS =
      """
      select
        exists (select from analysis_request where sha256 = :sha256 and state = 'OPEN') as is_asked,
        exists (select from analysis_candidate where sha256 = :sha256) as is_waiting,
        (select count(distinct host_id) from analysis_request
          where sha256 = :sha256 and state = 'WITHOUT_GENES') as without_genes,
        (select count(*) from gene_claim where sha256 = :sha256) as claims,
        (select count(distinct (definition, digest)) from gene_claim
          where sha256 = :sha256) as digests,
        (select error from analysis_request where sha256 = :sha256
          and state in ('FAILED', 'EXPIRED', 'WITHOUT_GENES') order by id desc limit 1) as error\
      """;

  private CandidateSql() {}

  /**
   * Adds hosts that report code whose genes are wanted.
   *
   * @param reported a query for sha256, host_id, manager, name, version and architecture
   */
  static String add(String reported) {
    return "insert into analysis_candidate (sha256, host_id, at, package_manager, package_name,"
        + " package_version, package_architecture) select s.sha256, s.host_id, :at, s.manager,"
        + " s.name, s.version, s.architecture from ("
        + reported
        + """
        ) s where not exists (select from gene_set g
            where g.sha256 = s.sha256 and g.definition = :definition and (g.is_verified
              or (s.name is null and not exists (select from code_classification k
                where k.sha256 = s.sha256 and k.classification = 'TRUSTED'))))
          and not exists (select from gene_claim l where l.sha256 = s.sha256
            and l.host_id = s.host_id and l.definition = :definition)
          and not exists (select from analysis_request r where r.sha256 = s.sha256
            and r.host_id = s.host_id and r.state in ('OPEN', 'WITHOUT_GENES'))
          and (select count(*) from analysis_request r where r.sha256 = s.sha256
            and r.host_id = s.host_id and r.state in ('FAILED', 'EXPIRED')) < 3
          and (select count(distinct r.host_id) from analysis_request r
            where r.sha256 = s.sha256 and r.state = 'WITHOUT_GENES') < 2
          and (select count(*) from analysis_candidate c where c.sha256 = s.sha256) < 5
        on conflict do nothing\
        """;
  }
}
