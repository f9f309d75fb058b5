package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of the audit log.
 *
 * @param sequence from 1, without gaps
 * @param at to the microsecond, which is what the database keeps
 * @param action what was done, such as "alert.allow"
 * @param target to what, such as "alert/12"
 * @param detail more about it, by snake_case name
 * @param hash SHA-256 over the hash of the line before and this line
 */
public record AuditEntry(
    long sequence,
    Instant at,
    Actor actor,
    String action,
    String target,
    SortedMap<String, String> detail,
    Sha256 hash) {
  public AuditEntry {
    detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
  }
}
