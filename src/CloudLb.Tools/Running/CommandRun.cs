using CloudLb.Tools.Calling;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Generating;
using CloudLb.Tools.Output;
using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Running;

/// <summary>One run of one command, from the words of its line to what it prints and its exit status.</summary>
internal sealed class CommandRun(ToolCommand command, Family family, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = CommandLineParser.Parse(command, family, words);
            if (arguments.Has(CommonOptions.Help))
            {
                output.Write(HelpText.Whole(command, family));
            }
            else if (command.Call is not { } call || arguments.Has(CommonOptions.Version))
            {
                output.WriteLine(family == Family.Java ? ToolVersion.Java : ToolVersion.Euca);
            }
            else
            {
                await CallAsync(call.Prepare(arguments), arguments, cancellationToken);
            }

            return 0;
        }
        catch (ToolException exception)
        {
            await output.FlushAsync(cancellationToken);
            return FaultReport.Write(error, exception, command.NameIn(family), family, command);
        }
    }

    private async Task CallAsync(IPreparedCall call, Arguments arguments, CancellationToken cancellationToken)
    {
        var target = family == Family.Java
            ? JavaTarget.Find(arguments, Surroundings.OfThisProcess)
            : EucaTarget.Find(arguments, Surroundings.OfThisProcess);
        if (family == Family.Java && command.Question is { } question && !arguments.Has(Parts.Force.Name))
        {
            Confirmation.Ask(string.Format(null, question, Printable.Of(arguments.LoadBalancer)));
        }

        using var client = new ElbClient(target);
        if (arguments.Has(CommonOptions.ShowRequest) && !arguments.Has(CommonOptions.Quiet))
        {
            output.WriteLine($"{target.Url}?{call.Form}");
        }

        if (arguments.Has(CommonOptions.Debug))
        {
            error.WriteLine($"POST {target.Url} as {target.Key} in {target.Region}: {call.Form}");
        }

        var form = new OutputForm(arguments, output);
        var answer = await call.SendAsync(
            client,
            received =>
            {
                form.WriteRaw(received);
                if (arguments.Has(CommonOptions.Debug))
                {
                    error.WriteLine($"{Printable.Of(received.Head)}{Printable.Of(received.Text)}");
                }
            },
            cancellationToken);
        form.Write(answer);
    }
}
