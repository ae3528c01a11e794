namespace CloudLb.Tools.Running;

/// <summary>Asks on the terminal; where there is none the answer is no.</summary>
internal static class Confirmation
{
    /// <exception cref="ToolException">The answer was not yes.</exception>
    public static void Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            throw new ToolException(Fault.Aborted, "nobody can be asked here; --force does it without asking");
        }

        // Standard output is for what scripts read.
        Console.Error.WriteLine($"Warning: {question}");
        Console.Error.Write(" [Ny]");
        Console.Error.Flush();
        var answer = Console.In.ReadLine()?.Trim() ?? "";
        if (!answer.Equals("y", StringComparison.OrdinalIgnoreCase) && !answer.Equals("yes", StringComparison.OrdinalIgnoreCase))
        {
            throw new ToolException(Fault.Aborted, "nothing was done");
        }
    }
}
