using System.Text;

namespace Tokens.Platform.Secrets;

/// <summary>The secrets under which Data Protection keys are stored: the first encrypts, all decrypt.</summary>
internal sealed class KeySecrets
{
    private const string DevelopmentName = "development-data-protection-key";

    private readonly InstallationSecrets _installation;
    private IReadOnlyList<byte[]> _values;

    internal KeySecrets(IEnumerable<string> given, InstallationSecrets installation)
    {
        _installation = installation;
        _values = [.. given.Select(Encoding.UTF8.GetBytes)];
    }

    internal IReadOnlyList<byte[]> Values => _values.Count > 0
        ? _values
        : throw new InvalidOperationException("No secret was given and none has been loaded.");

    /// <summary>Where no secret was given, takes the one that this installation has made for itself; once, before the start.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_values.Count == 0)
        {
            _values = [await _installation.GetOrMakeAsync(DevelopmentName, cancellationToken)];
        }
    }
}
