namespace Tokens.Platform.Inputs;

/// <summary>Limits the memory that a body may take while it is read.</summary>
public interface IBodyBudget
{
    /// <summary>Takes memory for the next part of a body.</summary>
    /// <param name="bytes">Length of the part; at least 1.</param>
    /// <returns>False if the budget is used up; the body is then refused.</returns>
    bool TryTake(int bytes);
}
