using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>A message's id stands in its project's <c>LogIds.cs</c>, and no two messages of the product have one.</summary>
internal static class LogMessages
{
    private const string Ids = "/LogIds.cs";
    private const string Constant = "internal const int ";
    private const string Attribute = "[LoggerMessage(";

    internal static IEnumerable<string> Violations(IReadOnlyCollection<SourceFile> files)
    {
        foreach (var file in files)
        {
            foreach (var message in file.Text.Split(Attribute).Skip(1))
            {
                if (!message[..message.IndexOf(',')].Contains("LogIds.", StringComparison.Ordinal))
                {
                    yield return $"{file.Path}: a message has no id of LogIds.";
                }
            }
        }

        var ids = files.Where(file => file.Path.EndsWith(Ids, StringComparison.Ordinal)).SelectMany(file => file.Text.Split('\n').Select(line => (file.Path, Line: line.Trim())))
            .Where(entry => entry.Line.StartsWith(Constant, StringComparison.Ordinal))
            .Select(entry => (entry.Path, Id: entry.Line[(entry.Line.IndexOf('=') + 1)..].Trim(' ', ';')));
        foreach (var twins in ids.GroupBy(entry => entry.Id).Where(group => group.Count() > 1))
        {
            yield return $"{string.Join(" and ", twins.Select(twin => twin.Path))}: {twins.Key} is given twice.";
        }
    }
}
