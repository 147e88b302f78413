/// What anyone can test their data plane with, before a
/// [MigrationAgent][io.staddle.client.migration.MigrationAgent] is let loose on it.
@NullMarked
package io.staddle.client.conformance;

import org.jspecify.annotations.NullMarked;
