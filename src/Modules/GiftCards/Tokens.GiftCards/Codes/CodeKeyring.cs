using System.Text;
using Microsoft.Extensions.Options;
using Tokens.Platform.Secrets;

namespace Tokens.GiftCards.Codes;

/// <summary>The peppers of this installation: from the settings, or in Development made once and kept in the database.</summary>
internal sealed class CodeKeyring(IOptions<PepperOptions> options, InstallationSecrets installation)
{
    private const string SecretName = "development-gift-card-pepper";

    private CodeKeys? _keys;

    /// <summary>Reads the database at most once.</summary>
    internal async ValueTask<CodeKeys> GetAsync(CancellationToken cancellationToken) =>
        _keys ??= new CodeKeys(options.Value.Peppers is { Count: > 0 } peppers
            ? peppers.Select(Encoding.UTF8.GetBytes)
            : [await installation.GetOrMakeAsync(SecretName, cancellationToken)]);
}
