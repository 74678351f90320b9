using System.Security.Cryptography;

namespace Tokens.Host.Roles;

/// <summary>Where this process's Stripe sandbox sends its webhooks, and what it signs them with.</summary>
internal sealed class SandboxWebhooks
{
    private const string UrlVariable = "SANDBOX_WEBHOOK_URL";
    private const string SecretVariable = "STRIPE_WEBHOOK_SECRET";
    private const string Path = "/webhooks/stripe";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private volatile Uri? _url;

    private SandboxWebhooks(Uri? url, string? secret, bool isMade)
    {
        _url = url;
        Secret = secret;
        ForApi = isMade ? [new(SecretVariable, secret)] : [];
    }

    /// <summary>Null until there is somebody to tell.</summary>
    internal Uri? Url => _url;

    internal string? Secret { get; }

    /// <summary>What the API of this process has to be told beside its own settings.</summary>
    internal IReadOnlyList<KeyValuePair<string, string?>> ForApi { get; }

    internal static SandboxWebhooks From(IConfiguration configuration, HostSettings settings)
    {
        // During a rotation the first secret is the one that still signs.
        var secret = configuration[SecretVariable]?
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        var isMade = secret is null && settings.IsDevelopment && settings.Plays(Role.Sandbox) && settings.Plays(Role.Api);
        return new SandboxWebhooks(
            ReadUrl(configuration[UrlVariable]), isMade ? "whsec_" + RandomNumberGenerator.GetString(Alphabet, 32) : secret, isMade);
    }

    /// <summary>The gateway forwards webhooks from its start on, unless another receiver is named.</summary>
    internal void GatewayListensOn(string address) => _url ??= new Uri(new Uri(address), Path);

    private static Uri? ReadUrl(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new SettingsException($"{UrlVariable}: '{text}' is not an address; write it whole, such as http://localhost:8080{Path}.");
    }
}
