/**
 * What exists: hosts, code objects, executions, losses; and what every package above needs to keep
 * and hand on facts: transactions, pages, changes. Imports values of {@code common} only.
 */
@NullMarked
package io.exonward.server.inventory;

import org.jspecify.annotations.NullMarked;
