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

    public static void Write(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfPipe;
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        AnsiConsole.Write(table);
    }
}
