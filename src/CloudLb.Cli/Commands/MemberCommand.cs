using System.CommandLine;
using System.Text.Json;
using CloudLb.Cli.Control;
using CloudLb.Cli.Members;
using Spectre.Console;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb member</c>: machines that register themselves, and their keys.</summary>
internal static class MemberCommand
{
    public static Command Create(Func<EffectiveSettings> settings) => new("member", "Machines that register themselves.")
    {
        MemberCreateCommand.Create(settings), List(settings), Delete(settings), Script(),
    };

    private static Command Script()
    {
        var command = new Command("script", "Print clb-register, for a machine that is set up without cloud-init.");
        command.SetAction(_ => Console.Out.Write(MemberFiles.Script()));
        return command;
    }

    private static Command List(Func<EffectiveSettings> settings)
    {
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var command = new Command("list", "Show the members: what each registers, where it may and where it is registered.") { output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var members = await control.GetMembersAsync(cancellationToken);
            if (parsed.GetValue(output) == "json")
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(members, ControlClient.Json));
                return;
            }

            var table = Screen.Table(
                "Member", "Account and region", "Instance", "May register with", "Registered with", "Lease", "Access keys");
            foreach (var member in members)
            {
                table.AddRow(
                    Screen.Cell(member.Name), Screen.Cell($"{member.Account} {member.Region}"), Screen.Cell(member.Instance),
                    Screen.Cell(string.Join(", ", member.LoadBalancers.Concat(member.TargetGroups))),
                    Screen.Cell(string.Join(", ", member.Registered)),
                    Screen.Cell(member.LeaseSeconds is { } seconds ? $"{seconds} s" : "-"),
                    Screen.Cell(string.Join(", ", member.AccessKeyIds)));
            }

            Screen.Write(table);
        });
        return command;
    }

    private static Command Delete(Func<EffectiveSettings> settings)
    {
        var name = new Argument<string>("name") { Description = "The member's name." };
        var account = new Option<string?>("--account") { Description = "Of this account." };
        var command = new Command(
            "delete", "Delete a member and its keys. What it has registered stays registered until somebody deregisters it.")
        {
            name, account,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var wanted = parsed.GetValue(name)!;
            var found = (await control.GetMembersAsync(cancellationToken))
                .Where(member => member.Name == wanted && (parsed.GetValue(account) ?? member.Account) == member.Account).ToList();
            var member = found switch
            {
                [var only] => only,
                [] => throw new CommandException($"There is no member named '{wanted}'.", ExitCodes.NotFound),
                _ => throw new CommandException(
                    $"There are several members named '{wanted}'; choose one with --account: " +
                    string.Join(", ", found.Select(each => each.Account)),
                    ExitCodes.WrongUse),
            };
            if ((await control.DeleteMemberAsync(member.Account, wanted, cancellationToken)).Fault is { } fault)
            {
                throw new CommandException(Printable.Of(fault));
            }

            if (member.Registered.Count > 0)
            {
                await Console.Error.WriteLineAsync(
                    $"{member.Instance} stays registered with {string.Join(", ", member.Registered)}.");
            }
        });
        return command;
    }
}
