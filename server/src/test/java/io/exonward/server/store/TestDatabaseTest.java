package io.exonward.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void fresh_twice_databasesAreApart() {
    try (TestDatabase one = TestDatabase.fresh();
        TestDatabase other = TestDatabase.fresh()) {
      one.jdbi().useHandle(handle -> handle.execute("CREATE TABLE only_here (id int)"));

      assertEquals(1, count(one));
      assertEquals(0, count(other));
    }
  }

  private static int count(TestDatabase database) {
    String sql = "SELECT count(*) FROM information_schema.tables WHERE table_name = 'only_here'";
    return database.jdbi().withHandle(handle -> handle.select(sql).mapTo(Integer.class).one());
  }
}
