using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Analytics.Generations;

/// <summary>Begins generations.</summary>
internal sealed class GenerationBook(IModuleDb<AnalyticsDb> db, TimeProvider time)
{
    private volatile bool _isThere;

    /// <summary>Sees to it that there is one: a module that is new counts all that was posted before it.</summary>
    internal async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isThere)
        {
            return;
        }

        if (!await db.ReadAsync((context, token) => context.Generations.AnyAsync(token), cancellationToken))
        {
            await BeginAsync(cancellationToken);
        }

        _isThere = true;
    }

    /// <summary>Begins to build a new one, unless one is being built; then that is the one.</summary>
    internal async Task<short> BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await db.WriteAsync(BeginAsync, cancellationToken);
        }
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            // Another host was first.
            return await db.WriteAsync(BeginAsync, cancellationToken);
        }
    }

    private async Task<short> BeginAsync(AnalyticsDb context, CancellationToken cancellationToken)
    {
        var all = await context.Generations.AsNoTracking().ToListAsync(cancellationToken);
        if (all.Find(generation => generation.Status == GenerationStatus.Building) is { } underWay)
        {
            return underWay.Id;
        }

        var begun = new Generation
        {
            Id = checked((short)(all.Select(generation => generation.Id).DefaultIfEmpty().Max() + 1)),
            Status = GenerationStatus.Building,
            StartedAt = time.UtcNow(),
        };
        context.Generations.Add(begun);
        await context.SaveChangesAsync(cancellationToken);
        return begun.Id;
    }
}
