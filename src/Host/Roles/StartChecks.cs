using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Postgres;

namespace Tokens.Host.Roles;

/// <summary>Checks of what the process stands on, made while it starts.</summary>
internal static partial class StartChecks
{
    /// <summary>Checks the connection to the database.</summary>
    /// <exception cref="UnsupportedPoolerException">A pooler lends sessions for transactions, or drops session settings.</exception>
    /// <exception cref="DatabaseAwayException">
    /// The database refuses the credentials or has no database of the name; in Development also when it doesn't answer.
    /// </exception>
    internal static async Task CheckConnectionAsync(WebApplication api, HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await api.Services.GetRequiredService<ConnectionCheck>().RunAsync(cancellationToken);
        }
        // A host that is started while the database fails over serves what needs none, and becomes ready when it is back.
        catch (DatabaseAwayException away) when (!settings.IsDevelopment && !StartFaults.IsRefusal(away))
        {
            LogNotChecked(api.Logger, away);
        }
    }

    /// <summary>Warns of data that other users of this machine may read.</summary>
    /// <param name="app">An application of the process.</param>
    /// <param name="keepsFiles">Whether the process keeps files there beside those of SQLite.</param>
    internal static void WarnOfOpenData(WebApplication app, bool keepsFiles)
    {
        var storage = StorageSettings.From(app.Configuration);
        if ((keepsFiles || storage.Provider == StorageProvider.Sqlite) && PrivateFiles.OpenToOthers(storage.DataDirectory) is { } path)
        {
            LogDataOpenToOthers(app.Logger, path);
        }
    }

    [LoggerMessage(
        LogIds.StartChecksDataOpenToOthers,
        LogLevel.Warning,
        "Other users of this machine may use {Path}, which was there before this start. Take their permissions away: chmod go= {Path}")]
    private static partial void LogDataOpenToOthers(ILogger logger, string path);

    [LoggerMessage(
        LogIds.StartChecksNotChecked,
        LogLevel.Warning,
        "The database can't be reached, so its connection was not checked; this host becomes ready when the database answers")]
    private static partial void LogNotChecked(ILogger logger, Exception fault);
}
