package io.exonward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {
  private final Marks marks = new Marks();

  @Test
  void add_markersOfTwoRuns_areCountedApart() {
    marks.add("/x/nothing mk.a-1.0000000\n/x/nothing mk.a-1.0000001\n/x/nothing mk.b.0000000\n");

    assertEquals(new Marks.Count(2, 0), marks.count(List.of("a-1")));
    assertEquals(new Marks.Count(1, 0), marks.count(List.of("b")));
    assertEquals(new Marks.Count(0, 0), marks.count(List.of("c")));
    assertEquals(new Marks.Count(3, 0), marks.count(List.of("a-1", "b", "c")));
  }

  @Test
  void add_markerReportedTwice_isCapturedOnceAndRepeatedOnce() {
    marks.add("mk.a.0000007");
    marks.add("mk.a.0000007");

    assertEquals(new Marks.Count(1, 1), marks.count(List.of("a")));
  }

  @Test
  void add_runOfSeveralExecutions_countsThemAll() {
    marks.add(
        """
        {"pid":1,"command_line":["/x/nothing","mk.a.0000007"],"command_line_truncated":false,"count":3},
        {"pid":2,"command_line":["/x/nothing","mk.a.0000008"],"command_line_truncated":false,"count":1}\
        """);

    assertEquals(new Marks.Count(2, 2), marks.count(List.of("a")));
  }
}
