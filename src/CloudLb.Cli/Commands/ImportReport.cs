using CloudLb.Cli.Migration;
using CloudLb.Cli.Migration.Making;
using CloudLb.Cli.Migration.Planning;

namespace CloudLb.Cli.Commands;

/// <summary>What <c>cloudlb import</c> tells.</summary>
internal static class ImportReport
{
    /// <summary>Makes what the plan says. Ends with 1 when something could not be made.</summary>
    public static async Task<int> ApplyAsync(MigrationPlan plan, ApiCalls calls, CancellationToken cancellationToken)
    {
        var runner = new StepRunner(calls, step => Console.Out.WriteLine(Printable.Of($"made  {step.Text}")));
        await runner.RunAsync(plan, cancellationToken);
        Console.Out.WriteLine(
            plan.Steps.Count == 0 ? "Nothing is to be made: all of it is here." : $"{runner.Count} steps were done.");
        List("Differs:", plan.Notes);
        List("Was refused:", Texts(runner.Refused));
        List("Was left out:", plan.Missing);
        return runner.Refused.Count + plan.Missing.Count > 0 ? ExitCodes.Failed : 0;
    }

    /// <summary>Says what would be made.</summary>
    /// <param name="plan">What there is to do.</param>
    /// <param name="tried">What was refused where it was tried, or why it could not be tried.</param>
    public static int Tell(MigrationPlan plan, (IReadOnlyList<Refusal> Refused, string? Fault) tried)
    {
        var refused = tried.Refused.Select(one => one.Text).ToHashSet();
        List(
            plan.Steps.Count == 0 ? "Nothing would be made: all of it is here." : "Would be made:",
            plan.Steps.Where(step => !refused.Contains(step.Text)).Select(step => step.Text), isAlways: true);
        List("Will differ:", plan.Notes);
        var own = plan.Steps.SelectMany(step => step.Divided().Prepend(step)).Select(step => step.Text).ToHashSet();
        List("Will be refused by CloudLb:", Texts(tried.Refused.Where(one => own.Contains(one.Text))));
        List("Will be left out:", plan.Missing);
        if (tried.Fault is { } fault)
        {
            Console.Out.WriteLine(Printable.Of($"What CloudLb refuses could not be tried: {fault}"));
        }

        Console.Out.WriteLine("Nothing was changed; with --apply it is made.");
        return 0;
    }

    /// <summary>A rehearsal, or why there was none.</summary>
    public static async Task<(IReadOnlyList<Refusal> Refused, string? Fault)> TryAsync(Func<Task<IReadOnlyList<Refusal>>> rehearse)
    {
        try
        {
            return (await rehearse(), null);
        }
        catch (CommandException exception)
        {
            return ([], exception.Message);
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<Refusal> refused) => refused.Select(one => $"{one.Text}: {one.Reason}");

    private static void List(string title, IEnumerable<string> lines, bool isAlways = false)
    {
        var all = lines.ToList();
        if (all.Count > 0 || isAlways)
        {
            Console.Out.WriteLine(title);
        }

        foreach (var line in all)
        {
            Console.Out.WriteLine(Printable.Of($"  {line}"));
        }
    }
}
