using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Switches;

/// <summary>What people and tests switch while the sandbox runs: at hand in memory, kept in the database; all off at first.</summary>
internal sealed class StoredSwitches<T>(SandboxDb db)
    where T : class, ISwitches, new()
{
    private volatile T current = new();

    internal T Current => current;

    /// <summary>Called after each change by whoever made it.</summary>
    internal Action OnChange { private get; set; } = static () => { };

    internal void Load() => current = db.Read(session => session.Scalar<string>(
        "SELECT document FROM switches WHERE name = $name", ("$name", T.Name))) is { } document
            ? StripeJson.Read<T>(document)
            : new T();

    /// <summary>In force once this returns, and after a restart too.</summary>
    internal async Task<T> SetAsync(T switches)
    {
        await db.WriteAsync(session =>
        {
            // Set under the writers' gate, so that memory and database agree on which of two changes was the later one.
            session.AfterCommit(() => current = switches);
            return session.Execute(
                """
                INSERT INTO switches (name, document) VALUES ($name, $document)
                ON CONFLICT (name) DO UPDATE SET document = excluded.document
                """,
                ("$name", T.Name),
                ("$document", StripeJson.Write(switches)));
        });
        OnChange();
        return switches;
    }
}
