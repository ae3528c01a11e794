using System.Globalization;
using Spectre.Console;

namespace CloudLb.Cli.Commands;

/// <summary>How tables are written, to a terminal and elsewhere.</summary>
internal static class Screen
{
    /// <summary>Wide enough that nothing is folded when the output is not a terminal.</summary>
    private const int WidthOfPipe = 240;

    public static Table Table(params string[] columns) => new Table().Border(TableBorder.Simple).AddColumns(columns);

    /// <summary>A cell of one line or several, each made printable.</summary>
    public static Text Cell(params IEnumerable<string?> lines) => new(string.Join('\n', lines.OfType<string>().Select(Printable.Of)));

    /// <summary>A cell whose colour says whether all is well; without colours its words do.</summary>
    /// <param name="text">Made printable.</param>
    /// <param name="isWell">Null where it is neither.</param>
    public static Text Judged(string? text, bool? isWell) =>
        new(Printable.Of(text ?? ""), isWell switch { true => new Style(Color.Green), false => new Style(Color.Red), null => Style.Plain });

    /// <summary>As wide as the terminal at most; elsewhere nothing is folded.</summary>
    public static void Write(Table table)
    {
        var profile = AnsiConsole.Profile;
        profile.Width = Console.IsOutputRedirected ? WidthOfPipe : WidthOf(Environment.GetEnvironmentVariable("COLUMNS")) ?? profile.Width;
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            profile.Capabilities.Ansi = false;
            profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        // https://no-color.org: when it is set and not empty, whatever it says.
        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        AnsiConsole.Write(table);
    }

    private static int? WidthOf(string? columns) =>
        int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0 ? width : null;
}
