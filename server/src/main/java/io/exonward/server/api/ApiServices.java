package io.exonward.server.api;

import io.exonward.server.alert.Alerts;
import io.exonward.server.alert.Triage;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.gene.Families;
import io.exonward.server.gene.Lineages;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.policy.Baselines;
import io.exonward.server.policy.Groups;
import io.exonward.server.policy.Rules;

/** What the API reads and changes. */
public record ApiServices(
    Hosts hosts,
    Inventory inventory,
    Coverages coverages,
    Groups groups,
    Rules rules,
    Baselines baselines,
    Alerts alerts,
    Triage triage,
    Families families,
    Lineages lineages) {}
