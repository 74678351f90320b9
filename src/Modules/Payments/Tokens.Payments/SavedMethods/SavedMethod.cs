namespace Tokens.Payments.SavedMethods;

/// <summary>A kept payment method as its member sees it.</summary>
internal sealed record SavedMethod(string Id, string Brand, string Last4, long ExpMonth, long ExpYear, bool IsDefault);
