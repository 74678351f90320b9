using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Platform.Secrets;

/// <summary>
/// Keeps the Data Protection keys of all hosts. A key takes the number after the last one read, so that of several hosts that
/// find no key and each make one, one wins: the others read its key and use that.
/// </summary>
internal sealed class KeyStore(IModuleDb<PlatformDb> db, TimeProvider time) : IXmlRepository
{
    private const int AttemptsMax = 10;

    private volatile int _lastRead;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = Wait(() => db.ReadAsync(
            (context, token) => context.Keys.AsNoTracking().OrderBy(key => key.Number).ToListAsync(token), CancellationToken.None));
        _lastRead = keys.Count > 0 ? keys[^1].Number : 0;
        return [.. keys.Select(key => XElement.Parse(key.Xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var number = _lastRead + 1;
            if (Wait(() => TryStoreAsync(number, element, friendlyName)) || element.Name == "key")
            {
                return;
            }

            // What isn't a key, such as a key's revocation, is nobody else's and must not get lost.
            GetAllElements();
        }

        throw new InvalidOperationException($"{friendlyName} could not be stored: other hosts were first {AttemptsMax} times.");
    }

    private async Task<bool> TryStoreAsync(int number, XElement element, string name)
    {
        try
        {
            return await db.WriteAsync(
                async (context, token) =>
                {
                    context.Keys.Add(new StoredKey
                    {
                        Number = number,
                        Name = name,
                        Xml = element.ToString(SaveOptions.DisableFormatting),
                        CreatedAt = time.UtcNow(),
                    });
                    await context.SaveChangesAsync(token);
                    return true;
                },
                CancellationToken.None);
        }
        // Another host stored one since the last reading.
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            return false;
        }
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Data Protection asks for its keys synchronously, at start and once a day.")]
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
