using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>What is wrong with templates, on standard error, for scripts to see by the exit status.</summary>
internal static class TemplateFaults
{
    /// <param name="status">The templates.</param>
    /// <param name="isQuiet">Whether nothing is said where nothing is wrong.</param>
    /// <returns>What the command ends with.</returns>
    public static int Write(TemplatesStatus status, bool isQuiet = false)
    {
        var faults = status.Templates.Where(template => template.Fault is not null).ToList();
        foreach (var template in faults)
        {
            Console.Error.WriteLine($"{template.Name}: {Printable.Of(template.Fault!)}");
        }

        if (faults.Count == 0 && !isQuiet)
        {
            var waiting = status.Templates.Count(template => !template.IsInForce);
            Console.Out.WriteLine(waiting == 0
                ? $"All {status.Templates.Count} templates are in force."
                : $"Nothing is wrong; {waiting} of {status.Templates.Count} templates wait for 'cloudlb template apply'.");
        }

        return faults.Count == 0 ? 0 : ExitCodes.Failed;
    }
}
