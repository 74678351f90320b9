using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Switches;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>Takes events for delivery, in their own transaction, so that a kill loses none.</summary>
internal sealed class WebhookOutbox(
    SandboxSettings settings, StoredSwitches<WebhookSwitches> switches, IOptions<WebhookOptions> options, Wake wake)
{
    internal void Add(DbSession session, long eventSequence, DateTimeOffset now)
    {
        if (settings.WebhookSecret is null)
        {
            return;
        }

        var present = switches.Current;
        for (var copy = 0; copy <= present.Duplicates; copy++)
        {
            var held = present.Shuffle ? RandomNumberGenerator.GetInt32(options.Value.ShuffleMilliseconds) : 0;
            DeliveryTable.Insert(session, eventSequence, now.AddMilliseconds(held));
        }

        session.AfterCommit(wake.Call);
    }
}
