using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tokens.StripeSandbox.Storage;

/// <summary>
/// The database's shape, as steps that are only ever added to. An object of Stripe's is one JSON document; a column beside it is what
/// queries ask for.
/// </summary>
internal static class Schema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE payment_intents (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            document TEXT NOT NULL) STRICT;
        CREATE TABLE charges (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            payment_intent TEXT NOT NULL,
            document TEXT NOT NULL) STRICT;
        CREATE TABLE payment_methods (
            id TEXT NOT NULL PRIMARY KEY,
            document TEXT NOT NULL) STRICT;
        CREATE TABLE idempotency_keys (
            api_key_hash BLOB NOT NULL,
            key TEXT NOT NULL,
            route TEXT NOT NULL,
            parameters_hash BLOB NOT NULL,
            request_id TEXT NOT NULL,
            status INTEGER NOT NULL,
            body BLOB NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (api_key_hash, key)) STRICT, WITHOUT ROWID;
        CREATE INDEX idempotency_keys_created ON idempotency_keys (created);
        """,
        """
        CREATE TABLE switches (
            name TEXT NOT NULL PRIMARY KEY,
            document TEXT NOT NULL) STRICT;
        """,
        """
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            type TEXT NOT NULL,
            document TEXT NOT NULL) STRICT;
        """,
        """
        CREATE TABLE deliveries (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            event INTEGER NOT NULL REFERENCES events (sequence),
            due INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            status INTEGER) STRICT;
        CREATE INDEX deliveries_due ON deliveries (due) WHERE due IS NOT NULL;
        CREATE INDEX deliveries_event ON deliveries (event);
        """,
        """
        CREATE TABLE customers (
            id TEXT NOT NULL PRIMARY KEY,
            created INTEGER NOT NULL,
            document TEXT NOT NULL) STRICT;
        CREATE TABLE setup_intents (
            id TEXT NOT NULL PRIMARY KEY,
            created INTEGER NOT NULL,
            document TEXT NOT NULL) STRICT;
        ALTER TABLE payment_methods ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE payment_methods ADD COLUMN customer TEXT;
        CREATE INDEX payment_methods_customer ON payment_methods (customer) WHERE customer IS NOT NULL;
        CREATE VIEW kept_payment_methods AS
            SELECT rowid AS sequence, id, created, customer, document FROM payment_methods WHERE customer IS NOT NULL;
        """,
    ];

    /// <summary>Brings the file up to date, in one transaction with its version: a kill leaves the old shape or the new one.</summary>
    internal static void Apply(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        var session = new DbSession(connection, transaction);
        var version = session.Scalar<long>("PRAGMA user_version");
        if (version > Steps.Length)
        {
            throw new InvalidOperationException(
                $"'{connection.DataSource}' was written by a newer Stripe sandbox (schema {version}, this one knows {Steps.Length}).");
        }

        foreach (var step in Steps.Skip((int)version))
        {
            session.Execute(step);
        }

        session.Execute("PRAGMA user_version = " + Steps.Length.ToString(CultureInfo.InvariantCulture));
        transaction.Commit();
    }
}
