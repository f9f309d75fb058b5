package io.exonward.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.inventory.PageRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
  private static final Actor ALICE = Actor.operator("alice", "192.0.2.1");

  @TempDir private Path folder;
  private IdentityFixture fixture;
  private AuditLog audit;

  @BeforeEach
  void open() throws Exception {
    fixture = new IdentityFixture(folder);
    audit = fixture.audit;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void write(int lines) {
    IntStream.range(0, lines)
        .forEach(i -> audit.record(ALICE, "rule.create", "rule/" + i, Map.of("reason", "r" + i)));
  }

  @Test
  void verify_untouched_isIntact() {
    write(1200);
    audit.record(Actor.system("start"), "x", "y", Map.of("odd", "a\"b\\c\nd\u0000e\uD800f"));

    AuditLog.Verification result = audit.verify();

    assertTrue(result.isIntact());
    assertEquals(1201, result.entries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set actor = 'mallory' where sequence = 3",
        "update audit_entry set detail = '{\"reason\": {\"a\": 1}}' where sequence = 3",
        "update audit_entry set at = at + interval '1 s' where sequence = 3",
        "update audit_entry set address = null where sequence = 3",
        "delete from audit_entry where sequence = 3",
      })
  void verify_tampered_namesTheLine(String sql) {
    write(5);
    fixture
        .store
        .jdbi()
        .useHandle(handle -> {
          handle.execute("alter table audit_entry disable trigger all");
          handle.execute(sql);
        });

    AuditLog.Verification result = audit.verify();

    assertEquals(3, result.firstBrokenSequence());
  }

  @Test
  void verify_newestLinesCut_isBroken() {
    write(5);
    fixture
        .store
        .jdbi()
        .useHandle(handle -> {
          handle.execute("alter table audit_entry disable trigger all");
          handle.execute("delete from audit_entry where sequence > 3");
        });

    AuditLog.Verification result = audit.verify();

    assertEquals(4, result.firstBrokenSequence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set actor = 'mallory'",
        "delete from audit_entry",
        "truncate audit_entry"
      })
  void database_changeOfALine_isRefused(String sql) {
    write(1);

    UnableToExecuteStatementException refusal =
        assertThrows(
            UnableToExecuteStatementException.class,
            () -> fixture.store.jdbi().useHandle(handle -> handle.execute(sql)));

    assertTrue(String.valueOf(refusal.getMessage()).contains("append-only"));
  }

  @Test
  void record_byManyAtOnce_keepsOneChain() throws Exception {
    Callable<Boolean> writer =
        () -> {
          write(20);
          return true;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(List.of(writer, writer, writer, writer))) {
        assertTrue(done.get());
      }
    }

    AuditLog.Verification result = audit.verify();

    assertTrue(result.isIntact());
    assertEquals(80, result.entries());
  }

  @Test
  void record_changeRollsBack_leavesNoLine() {
    assertThrows(
        IllegalStateException.class,
        () ->
            fixture.transactions.run(() -> {
              write(1);
              throw new IllegalStateException("the change fails");
            }));

    assertEquals(0, audit.verify().entries());
  }

  @Test
  void list_byActionPrefix_pagesNewestFirst() {
    write(3);
    audit.record(ALICE, "group.mode", "group/web", Map.of());

    var first = audit.list("alice", "rule.", PageRequest.first(2));
    var second = audit.list("alice", "rule.", new PageRequest(2, first.next()));

    assertEquals(List.of(3L, 2L), first.items().stream().map(AuditEntry::sequence).toList());
    assertEquals(List.of(1L), second.items().stream().map(AuditEntry::sequence).toList());
    assertFalse(audit.list("bob", null, PageRequest.first(2)).items().iterator().hasNext());
  }
}
