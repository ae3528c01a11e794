using System.CommandLine;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb template</c>: the operator's templates of what the data plane is given. docs/templates.md tells of them.</summary>
internal static class TemplateCommand
{
    public static Command Create(Func<EffectiveSettings> settings) => new("template", "Your own templates of what HAProxy is given.")
    {
        Asking(
            settings, "list", "List the templates there are, and those that can be copied.", async (control, token) =>
            {
                WriteAll(await control.GetTemplatesAsync(token));
                return 0;
            }),
        Asking(
            settings, "check", "Have HAProxy look at the files; ends with 1 if any cannot be in force.",
            async (control, token) => TemplateFaults.Write(await control.GetTemplatesAsync(token))),
        Asking(
            settings, "diff", "Show what the files would change of what is served now.", async (control, token) =>
            {
                WriteChanges(await control.GetTemplateChangesAsync(token));
                return TemplateFaults.Write(await control.GetTemplatesAsync(token), isQuiet: true);
            }),
        Asking(
            settings, "apply", "Put the files in force; those that cannot be are told, what was before stays, and it ends with 1.",
            async (control, token) => TemplateFaults.Write(await control.ApplyTemplatesAsync(token))),
        Copying(settings),
    };

    private static Command Asking(
        Func<EffectiveSettings> settings, string name, string description, Func<ControlClient, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description);
        command.SetAction(async (_, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            return await act(control, cancellationToken);
        });
        return command;
    }

    private static Command Copying(Func<EffectiveSettings> settings)
    {
        var file = new Argument<string>("file") { Description = "The file, as frontend.liquid." };
        var to = new Option<string?>("--to") { Description = "The template, which is made if it is not there; without it, for all." };
        var command = new Command("copy", "Copy a shipped template to where you edit it.") { file, to };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var status = await control.GetTemplatesAsync(cancellationToken);
            Console.Out.WriteLine(TemplateCopy.Make(status, parsed.GetValue(file)!, parsed.GetValue(to)));
        });
        return command;
    }

    private static void WriteAll(TemplatesStatus status)
    {
        Console.Out.WriteLine($"Templates are in {status.Directory}");
        foreach (var template in status.Templates)
        {
            var state = template.Fault is { } fault ? $"NOT IN FORCE: {Printable.Of(fault)}"
                : template.IsInForce ? "in force" : "edited; run 'cloudlb template apply'";
            var accounts = template.Name[0] == '(' ? "everyone"
                : template.Accounts.Count == 0 ? "nobody" : string.Join(", ", template.Accounts);
            Console.Out.WriteLine($"\n{template.Name}: {state}");
            Console.Out.WriteLine($"  for {accounts}; {template.LoadBalancers} load balancers");
            foreach (var file in template.Files)
            {
                Console.Out.WriteLine($"  {Printable.Of(file)}");
            }
        }

        Console.Out.WriteLine("\nWhat there can be, and its points:");
        foreach (var shipped in status.Shipped)
        {
            Console.Out.WriteLine($"  {shipped.File,-18} {string.Join(", ", shipped.Points)}".TrimEnd());
        }
    }

    private static void WriteChanges(IReadOnlyList<TemplateChange> changes)
    {
        foreach (var change in changes)
        {
            Console.Out.WriteLine(change.Template.Length > 0 ? $"=== {change.Of}, by {change.Template}" : $"=== {change.Of}");
            foreach (var line in change.Lines)
            {
                Console.Out.WriteLine(Printable.Of(line));
            }
        }

        if (changes.Count == 0)
        {
            Console.Out.WriteLine("Nothing would change.");
        }
    }
}
