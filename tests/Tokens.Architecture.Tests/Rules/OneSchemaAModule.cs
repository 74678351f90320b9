using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>A module's PostgreSQL context keeps its tables, views, sequences and migrations history in the schema of the module's name.</summary>
internal static class OneSchemaAModule
{
    internal static IEnumerable<string> Violations(ModelDescription model)
    {
        if (model.Relations.Count == 0)
        {
            yield return $"{model.Context} maps no table.";
        }

        foreach (var (name, schema) in model.Relations.Append(("migrations history", model.HistorySchema)))
        {
            if (schema != model.Module)
            {
                yield return $"{model.Context}: {name} lies in schema '{schema ?? "(default)"}'; it must lie in '{model.Module}'.";
            }
        }
    }
}
