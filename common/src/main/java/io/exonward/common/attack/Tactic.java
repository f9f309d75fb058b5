package io.exonward.common.attack;

/** The tactics that our techniques belong to, by their ATT&amp;CK ids. */
public enum Tactic {
  EXECUTION("TA0002"),
  DEFENSE_EVASION("TA0005");

  private final String id;

  Tactic(String id) {
    this.id = id;
  }

  /** For example "TA0005". */
  public String id() {
    return id;
  }
}
