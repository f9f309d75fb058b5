package io.exonward.packaging;

/**
 * A place to run a program from where an agent might not see it, or not its bytes. The script gets
 * the program, an empty folder and the folder of the compiled testers.
 */
enum Place {
  PLAIN("\"$1\" plain"),
  NAMESPACES("unshare -Upfmn \"$1\" namespaces"),
  CHROOT("cp \"$1\" \"$2\"/program && chroot \"$2\" /program chroot"),
  CONTAINER(
      """
      cd "$2" && mkdir -p rootfs/proc && cp "$1" rootfs/program && cp "$3"/container.json config.json
      runc --root "$2"/state run "exonward-$$"
      """),
  OVERLAY_LOWER(overlay("cp \"$1\" \"$2\"/lower/program", ":")),
  OVERLAY_UPPER(overlay(":", "cp \"$1\" merged/program")),
  OVERLAY_COPIED_UP(
      overlay(
          "cp /bin/true \"$2\"/lower/program",
          "cat \"$1\" >merged/program && sync merged/program")),
  FRESH_TMPFS(
      alone(
          """
          mount -t tmpfs tmpfs "$2" && cp "$1" "$2"/program && "$2"/program tmpfs
          """)),
  SHARED_MEMORY(
      """
      copy=$(mktemp -p /dev/shm) && cp "$1" "$copy" && chmod +x "$copy" && "$copy" shm; sleep 1; rm "$copy"
      """),
  BIND_ALIAS(
      alone(
          """
          mkdir "$2"/real "$2"/alias && cp "$1" "$2"/real/program
          mount --bind "$2"/real "$2"/alias && "$2"/alias/program bind
          """)),
  HARD_LINK("ln \"$1\" \"$2\"/link && \"$2\"/link linked"),
  DELETED("cp \"$1\" \"$2\"/program && \"$3\"/deleted_exec \"$2\"/program deleted");

  private final String script;

  Place(String script) {
    this.script = script;
  }

  String script() {
    return script;
  }

  /** In a mount namespace of its own, which ends with the script. */
  private static String alone(String script) {
    return "exec unshare -m sh -ec '" + script + "' sh \"$@\"";
  }

  /** The upper folder lies on a tmpfs, because not every filesystem can carry one. */
  private static String overlay(String before, String after) {
    return alone(
        """
        mkdir "$2"/lower "$2"/top
        %s
        mount -t tmpfs tmpfs "$2"/top && cd "$2"/top && mkdir upper work merged
        mount -t overlay overlay -o lowerdir="$2"/lower,upperdir=upper,workdir=work merged
        %s
        merged/program overlay
        """
            .formatted(before, after));
  }
}
