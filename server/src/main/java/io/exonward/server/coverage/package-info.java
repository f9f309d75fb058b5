/**
 * What could be seen when: the ledger of past coverage, which every verdict can name. May import
 * inventory.
 */
@NullMarked
package io.exonward.server.coverage;

import org.jspecify.annotations.NullMarked;
