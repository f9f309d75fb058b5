package io.exonward.common.attack;

/** The techniques that detections name, by their ATT&amp;CK ids. // attack.mitre.org, Enterprise */
public enum Technique {
  MALICIOUS_FILE("T1204.002", "User Execution: Malicious File", Tactic.EXECUTION),
  SHARED_MODULES("T1129", "Shared Modules", Tactic.EXECUTION),
  SCRIPTING_INTERPRETER("T1059", "Command and Scripting Interpreter", Tactic.EXECUTION),
  SYSTEM_BINARY_PROXY("T1218", "System Binary Proxy Execution", Tactic.DEFENSE_EVASION),
  PROCESS_INJECTION("T1055", "Process Injection", Tactic.DEFENSE_EVASION),
  DYNAMIC_LINKER_HIJACKING(
      "T1574.006", "Hijack Execution Flow: Dynamic Linker Hijacking", Tactic.DEFENSE_EVASION),
  REFLECTIVE_CODE_LOADING("T1620", "Reflective Code Loading", Tactic.DEFENSE_EVASION),
  FILE_DELETION("T1070.004", "Indicator Removal: File Deletion", Tactic.DEFENSE_EVASION),
  DISABLE_TOOLS("T1562.001", "Impair Defenses: Disable or Modify Tools", Tactic.DEFENSE_EVASION);

  private final String id;
  private final String title;
  private final Tactic tactic;

  Technique(String id, String title, Tactic tactic) {
    this.id = id;
    this.title = title;
    this.tactic = tactic;
  }

  /** For example "T1620". */
  public String id() {
    return id;
  }

  /** The name that ATT&amp;CK gives it. */
  public String title() {
    return title;
  }

  /** What an attacker wants with it. */
  public Tactic tactic() {
    return tactic;
  }
}
