using System.Globalization;
using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the class that has a constant for each error of the model, named after its code.</summary>
internal sealed class ErrorEmitter
{
    private readonly string _className;
    private readonly Dictionary<ErrorModel, string> _names;

    public ErrorEmitter(string className, IReadOnlyList<ErrorModel> errors)
    {
        _className = className;

        // Of several shapes with the same code the one of that name has the constant, or the first; the others are named after their shape.
        _names = errors
            .GroupBy(error => error.Code)
            .SelectMany(same => same
                .OrderBy(error => error.Shape != error.Code)
                .Select((error, index) => (error, Name: index == 0 ? Identifier(error.Code) : error.Shape)))
            .ToDictionary(named => named.error, named => named.Name);
    }

    /// <summary>The constant, for another file of the service.</summary>
    public string Reference(ErrorModel error) => $"{_className}.{_names[error]}";

    /// <summary>All of them, as a list.</summary>
    public string All => $"{_className}.All";

    public void Emit(SourceText text, ServiceModel model)
    {
        text.Line($"/// <summary>The errors of {model.ServiceId}, version {model.Version}, by their codes.</summary>")
            .Line($"public static class {_className}").Open();
        var first = true;
        foreach (var (error, name) in _names.OrderBy(named => named.Value, StringComparer.Ordinal))
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            text.Line($"/// <summary>The error <c>{error.Code}</c>.</summary>")
                .Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"public static readonly ErrorContract {name} = new(\"{error.Code}\", {error.HttpStatus}, \"{error.Shape}\");"));
        }

        text.Line().Line("/// <summary>All of them.</summary>").Line("public static IReadOnlyList<ErrorContract> All { get; } =").Line("[");
        foreach (var name in _names.Values.Order(StringComparer.Ordinal))
        {
            text.Line($"    {name},");
        }

        text.Line("];").Close();
    }

    /// <summary><c>InvalidInstanceID.NotFound</c> is spelled without the full stop.</summary>
    private static string Identifier(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit));
}
