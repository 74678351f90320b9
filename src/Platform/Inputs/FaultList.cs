using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>What is wrong with a request, by the JSON names of its fields; the first fault gives the problem its title.</summary>
internal sealed class FaultList
{
    private Dictionary<string, List<string>>? _sentences;
    private List<KeyValuePair<string, object?>>? _members;
    private string? _title;
    private string? _detail;

    /// <summary>All that is wrong, for a person; null when nothing is.</summary>
    internal string? Sentences => _sentences is null ? null : string.Join(' ', _sentences.Values.SelectMany(list => list));

    internal void Add(string field, string title, string sentence)
    {
        _title ??= title;
        _detail ??= sentence;
        _sentences ??= [];
        if (!_sentences.TryGetValue(field, out var list))
        {
            _sentences[field] = list = [];
        }

        list.Add(sentence);
    }

    internal void AddMember(string name, object? value) => (_members ??= []).Add(new(name, value));

    internal Problem? ToProblem()
    {
        if (_sentences is null)
        {
            return null;
        }

        return new Problem(ProblemKind.ValidationFailed with { Title = _title! }, _detail!)
        {
            Members = [new("errors", _sentences), .. _members ?? []],
        };
    }
}
