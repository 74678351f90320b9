using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Tokens.Architecture.Tests.Product;

/// <summary>Where a context keeps its things.</summary>
/// <param name="Module">The module's name, which is its schema's.</param>
/// <param name="Context">Full name of the context.</param>
/// <param name="Relations">Tables, views and sequences, each with its schema; null is the database's default.</param>
/// <param name="HistorySchema">Schema of the migrations history table; null is the database's default.</param>
internal sealed record ModelDescription(
    string Module, string Context, IReadOnlyList<(string Name, string? Schema)> Relations, string? HistorySchema)
{
    internal static ModelDescription From(string module, DbContext context)
    {
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var history = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        return new ModelDescription(
            module,
            context.GetType().FullName!,
            [
                .. model.Tables.Select(table => ($"table {table.Name}", table.Schema)),
                .. model.Views.Select(view => ($"view {view.Name}", view.Schema)),
                .. model.Sequences.Select(sequence => ($"sequence {sequence.Name}", sequence.Schema)),
            ],
            history.MigrationsHistoryTableSchema);
    }
}
