using CloudLb.Core.Expressions;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Regular expressions of a plan, read once more before they are written.</summary>
internal static class Expressions
{
    public static LinearExpression OfCondition(string text, bool ignoresCase) =>
        Read(text, () => LinearExpression.OfCondition(text, ignoresCase));

    public static LinearExpression OfRewrite(string text, bool ignoresCase) =>
        Read(text, () => LinearExpression.OfRewrite(text, ignoresCase));

    private static LinearExpression Read(string text, Func<LinearExpression> read)
    {
        try
        {
            return read();
        }
        catch (ExpressionException exception)
        {
            throw new UnwritableValueException(text, exception.Message);
        }
    }
}
