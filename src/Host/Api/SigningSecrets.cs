using Microsoft.IdentityModel.Tokens;
using Tokens.Platform.Secrets;

namespace Tokens.Host.Api;

/// <summary>The HS256 keys: from the settings, or in Development made once and kept in the database; none beside an authority.</summary>
internal sealed class SigningSecrets(SignInSettings settings, InstallationSecrets installation)
{
    private const string SecretName = "development-jwt-secret";

    internal IReadOnlyList<SymmetricSecurityKey> Keys { get; private set; } = [];

    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<byte[]> secrets =
            settings.Authority is not null ? []
            : settings.Secrets.Count > 0 ? settings.Secrets
            : [await installation.GetOrMakeAsync(SecretName, cancellationToken)];
        Keys = [.. secrets.Select(secret => new SymmetricSecurityKey(secret))];
    }
}
