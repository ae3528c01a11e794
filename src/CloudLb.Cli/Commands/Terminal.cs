namespace CloudLb.Cli.Commands;

/// <summary>What a terminal is told (ECMA-48 and xterm's private modes, which all terminals of today know).</summary>
internal static class Terminal
{
    /// <summary>
    /// Takes the other screen, so that the shell's stays as it is, hides the cursor and has long lines cut off instead of wrapped.
    /// </summary>
    public const string Enter = "\e[?1049h\e[?25l\e[?7l";

    public const string Leave = "\e[?7h\e[?25h\e[?1049l";

    /// <summary>To the top; what is there is written over.</summary>
    public const string Home = "\e[H";

    /// <summary>Clears what is left of the line.</summary>
    public const string ClearRest = "\e[K";

    /// <summary>Clears what is left below.</summary>
    public const string ClearBelow = "\e[J";
}
