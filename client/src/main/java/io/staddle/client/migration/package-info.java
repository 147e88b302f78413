/// Agents that carry out migrations beside data nodes, and what a data plane has to do for them.
@NullMarked
package io.staddle.client.migration;

import org.jspecify.annotations.NullMarked;
