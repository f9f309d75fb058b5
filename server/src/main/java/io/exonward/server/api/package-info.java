/**
 * The HTTPS JSON API of resources/openapi/openapi.yaml, the pages of the console, and metrics. One
 * table names every route with its least role. May import identity, inventory, policy, detect and
 * alert; never ingest or store.
 */
@NullMarked
package io.exonward.server.api;

import org.jspecify.annotations.NullMarked;
