package io.exonward.agent.sensor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.exonward.agent.sensor.ebpf.BtfStruct;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Java reads and writes what the object has. */
final class ActionLayoutTest {
  @Test
  void layout_record_isThatOfTheObject() throws IOException {
    check(ActionLayout.class, "action_record", ActionLayout.ACTION_RECORD_BYTES);
  }

  @Test
  void layout_settings_isThatOfTheObject() throws IOException {
    check(ActionSettings.class, "settings", ActionSettings.SETTINGS_BYTES);
    assertEquals(ActionSettings.SETTINGS_BYTES, ActionSettings.encode(true).length);
    assertEquals(
        2 * Interpreters.NAME_BYTES, BtfStruct.sizeBytes(object(), "interpreter"), "interpreter");
  }

  @Test
  void layout_details_areThoseOfTheObject() throws IOException {
    assertEquals(ActionText.ID_CHANGE_BYTES, BtfStruct.sizeBytes(object(), "id_change"));
    assertEquals(ActionText.DESTINATION_BYTES, BtfStruct.sizeBytes(object(), "destination"));
  }

  private static void check(Class<?> layout, String struct, int bytes) throws IOException {
    Map<String, Integer> members = BtfStruct.read(object(), struct);
    members.remove("padding");

    assertFalse(members.isEmpty());
    members.forEach((name, offset) -> assertEquals(offset, declared(layout, name), name));
    assertEquals(bytes, BtfStruct.sizeBytes(object(), struct));
  }

  private static int declared(Class<?> layout, String member) {
    try {
      return layout.getDeclaredField(member.toUpperCase(Locale.ROOT)).getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Java does not know the member " + member, e);
    }
  }

  private static byte[] object() throws IOException {
    try (var stream = BtfStruct.class.getResourceAsStream("actions.bpf.o")) {
      return Objects.requireNonNull(stream).readAllBytes();
    }
  }
}
