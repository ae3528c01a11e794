namespace CloudLb.Core.Expressions;

/// <summary>How much may be spent on looking at one expression: less than a tenth of a second of a processor.</summary>
internal sealed class ExpressionBudget
{
    private int _left = 8_000;

    /// <summary>False when nothing is left.</summary>
    public bool TrySpend() => --_left >= 0;
}
