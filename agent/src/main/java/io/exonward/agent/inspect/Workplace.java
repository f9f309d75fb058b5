package io.exonward.agent.inspect;

/** What the tasks of one inspector share. */
record Workplace(
    HashCache cache,
    RecentDigests recent,
    PendingTable pending,
    InspectTally tally,
    Answers answers,
    CodeFile files,
    HeldFiles held,
    KernelLoads loads) {}
