using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>For a handler that finds a field wrong after reading: the same problem that the reader would have made.</summary>
public static class InputFault
{
    /// <summary>400 <c>validation_failed</c> about one field.</summary>
    /// <param name="field">JSON name of the field.</param>
    /// <param name="title">Names the fault.</param>
    /// <param name="sentence">What is wrong, for a person.</param>
    public static Problem Of(string field, string title, string sentence)
    {
        var faults = new FaultList();
        faults.Add(field, title, sentence);
        return faults.ToProblem()!;
    }
}
