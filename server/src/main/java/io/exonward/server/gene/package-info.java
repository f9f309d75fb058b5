/**
 * Where code comes from: families and their samples, what hosts say of the genes of code and when
 * that is believed, and the comparison of all known code with the families. What hosts say are
 * claims; they may alert, but nothing is trusted for them before three hosts agree. May import
 * inventory and the gene packages of {@code common}.
 */
@NullMarked
package io.exonward.server.gene;

import org.jspecify.annotations.NullMarked;
