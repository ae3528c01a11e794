using Fluid;
using Fluid.Values;

namespace CloudLb.HAProxy.Templates;

/// <summary>A file of an operator, understood: Liquid, as Fluid has it.</summary>
/// <remarks>
/// A template reaches the values that it is given and nothing else: no member of any object, no file. What it may take is bounded by steps,
/// of which the largest of ours takes some dozens.
/// </remarks>
internal sealed class LiquidText
{
    private const int MaxSteps = 10_000;
    private const int MaxLength = 256 * 1024;

    // A filter or a value that is not there is a mistake, and is told as one.
    private static readonly TemplateOptions Options = new()
    {
        MaxSteps = MaxSteps, MaxRecursion = 20, StrictVariables = true, StrictFilters = true,
    };

    private static readonly FluidParser Parser = new();

    private readonly IFluidTemplate _template;

    public LiquidText(TemplateFile file)
    {
        File = file;
        _template = Parser.TryParse(file.Text, out var template, out var error)
            ? template
            : throw new TemplateException($"{file.Path} cannot be understood: {OneLine(error)}");
    }

    public TemplateFile File { get; }

    public string Render(IEnumerable<KeyValuePair<string, FluidValue>> values)
    {
        var context = new TemplateContext(Options);
        foreach (var (name, value) in values)
        {
            context.SetValue(name, value);
        }

        try
        {
            var text = _template.Render(context);
            return text.Length <= MaxLength
                ? text
                : throw new TemplateException($"{File.Path} makes more than {MaxLength / 1024} KiB of text.");
        }
        catch (Exception exception) when (exception is FluidException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new TemplateException($"{File.Path} cannot be rendered: {OneLine(exception.Message)}");
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
