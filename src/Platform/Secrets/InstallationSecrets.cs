using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Platform.Secrets;

/// <summary>Secrets that a Development installation makes for itself, once, and keeps in its database across restarts and hosts.</summary>
public sealed class InstallationSecrets
{
    private const int SecretBytes = 32;

    private readonly IModuleDb<PlatformDb> _db;
    private readonly TimeProvider _time;

    internal InstallationSecrets(IModuleDb<PlatformDb> db, TimeProvider time)
    {
        _db = db;
        _time = time;
    }

    /// <summary>The secret of that name (at most 64 characters): 32 bytes, the same for every process on this database.</summary>
    public async Task<byte[]> GetOrMakeAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is { } known)
        {
            return known;
        }

        try
        {
            return await _db.WriteAsync((db, token) => MakeAsync(db, name, token), cancellationToken);
        }
        // Another host made it in the meantime; its secret is everybody's.
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            return await FindAsync(name, cancellationToken)
                ?? throw new InvalidOperationException($"The secret {name} was there and is gone.", fault);
        }
    }

    private Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken) => _db.ReadAsync(
        (db, token) => db.Secrets.Where(secret => secret.Name == name).Select(secret => secret.Value).SingleOrDefaultAsync(token),
        cancellationToken);

    private async Task<byte[]> MakeAsync(PlatformDb db, string name, CancellationToken cancellationToken)
    {
        var value = RandomNumberGenerator.GetBytes(SecretBytes);
        db.Secrets.Add(new StoredSecret { Name = name, Value = value, CreatedAt = _time.UtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        return value;
    }
}
