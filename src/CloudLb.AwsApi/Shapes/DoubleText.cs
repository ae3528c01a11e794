using System.Globalization;

namespace CloudLb.AwsApi.Shapes;

/// <summary>Floating point numbers as texts. What is no number has a name, the same in every protocol that knows texts only.</summary>
internal static class DoubleText
{
    private const string NotANumber = "NaN";
    private const string Infinity = "Infinity";
    private const string MinusInfinity = "-Infinity";

    private const NumberStyles Form = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => Infinity,
        double.NegativeInfinity => MinusInfinity,
        double.NaN => NotANumber,
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A number that is larger than any is none.</summary>
    public static bool TryParse(string text, out double value)
    {
        if (double.TryParse(text, Form, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value))
        {
            return true;
        }

        return TryParseName(text, out value);
    }

    public static bool TryParseName(string text, out double value)
    {
        value = text switch
        {
            Infinity => double.PositiveInfinity,
            MinusInfinity => double.NegativeInfinity,
            _ => double.NaN,
        };
        return text is NotANumber or Infinity or MinusInfinity;
    }
}
