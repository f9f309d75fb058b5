package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdTest {
  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/system.slice/docker-%s.scope",
        "12:memory:/docker/%s\n0::/",
        "0::/docker/%s/init.scope",
        "0::/machine.slice/libpod-%s.scope/container",
        "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-%s.scope",
        "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-%s.scope",
        "0::/kubepods/besteffort/pod2/%s",
        "0::/kubepods.slice/crio-%s.scope",
        "0::/../../docker-%s.scope"
      })
  void parse_knownRuntime_findsId(String form) {
    assertEquals(Optional.of(ID), ContainerId.parse(form.formatted(ID) + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/machine.slice/machine-web1.scope/payload",
        "0::/machine.slice/systemd-nspawn@web1.service/payload/init.scope"
      })
  void parse_nspawn_findsMachine(String form) {
    assertEquals(Optional.of("web1"), ContainerId.parse(form));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0::/",
        "0::/init.scope",
        "0::/system.slice/ssh.service",
        "0::/system.slice/docker-0123.scope",
        "0::/machine.slice/libpod-conmon-"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope",
        "garbage",
        "0:",
        "::"
      })
  void parse_host_isEmpty(String text) {
    assertEquals(Optional.empty(), ContainerId.parse(text));
  }

  @Property
  void parse_anyText_isEmptyOrPrintable(@ForAll String text) {
    ContainerId.parse("0::/" + text)
        .ifPresent(
            id -> assertEquals(id.length(), id.chars().filter(c -> c > ' ' && c < 0x7f).count()));
  }
}
