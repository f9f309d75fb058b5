package io.exonward.common.policy;

/**
 * One installed package.
 *
 * @param manager "dpkg"
 */
public record PackageRef(String manager, String name, String version, String architecture) {
  @Override
  public String toString() {
    return name + " " + version + " (" + architecture + ", " + manager + ")";
  }
}
