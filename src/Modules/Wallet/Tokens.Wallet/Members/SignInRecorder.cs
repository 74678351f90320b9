using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;

namespace Tokens.Wallet.Members;

/// <summary>Lets members appear at their first authenticated request, and keeps their names as their tokens say.</summary>
internal sealed class SignInRecorder : ISignInObserver, IDisposable
{
    private readonly MemberDirectory _directory;
    private readonly MemoryCache _recorded;

    public SignInRecorder(MemberDirectory directory, IOptions<WalletOptions> options)
    {
        _directory = directory;
        _recorded = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Value.KnownSignInsMax });
    }

    public async ValueTask SeenAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var word = SignInWords.Read(principal);
        if (_recorded.TryGetValue(word, out _))
        {
            return;
        }

        await _directory.RecordAsync([word], cancellationToken);
        // An entry without a value would not be kept.
        using var entry = _recorded.CreateEntry(word);
        entry.SetSize(1).SetValue(true);
    }

    public void Dispose() => _recorded.Dispose();
}
