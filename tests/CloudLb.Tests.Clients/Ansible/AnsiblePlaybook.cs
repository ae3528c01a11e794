using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Ansible;

/// <summary>
/// Runs Debian's Ansible with its modules for load balancers, as a user runs it: a playbook against localhost.
/// </summary>
internal sealed class AnsiblePlaybook(Uri endpoint, Account account)
{
    public const string ClassicLoadBalancer = "amazon.aws.elb_classic_lb";
    public const string ApplicationLoadBalancer = "amazon.aws.elb_application_lb";
    public const string NetworkLoadBalancer = "community.aws.elb_network_lb";
    public const string TargetGroup = "community.aws.elb_target_group";

    private const string Program = "/usr/bin/ansible-playbook";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly JsonArray _tasks = [];

    /// <summary>Adds a task and the same task once more.</summary>
    public AnsiblePlaybook Twice(string name, JsonObject arguments, string module = ClassicLoadBalancer) =>
        Once(name, arguments, module).Once($"{name}, again", arguments, module);

    public AnsiblePlaybook Once(string name, JsonObject arguments, string module = ClassicLoadBalancer)
    {
        _tasks.Add(new JsonObject { ["name"] = name, [module] = arguments.DeepClone() });
        return this;
    }

    /// <summary>Runs the tasks in their order up to the first that fails.</summary>
    /// <returns>What the module answered, by the name of the task.</returns>
    public async Task<IReadOnlyDictionary<string, JsonNode>> RunAsync(CancellationToken cancellationToken)
    {
        Installed.OrSkip(File.Exists(Program), "Ansible is not installed (apt install ansible python3-boto3).");
        var directory = Directory.CreateTempSubdirectory("clb-ansible-");
        try
        {
            // YAML is a superset of JSON.
            var playbook = Path.Combine(directory.FullName, "playbook.yml");
            var play = new JsonObject { ["hosts"] = "localhost", ["gather_facts"] = false, ["tasks"] = _tasks.DeepClone() };
            await File.WriteAllTextAsync(playbook, new JsonArray(play).ToJsonString(), cancellationToken);
            var result = await ChildProcess.RunAsync(
                Program, ["-i", "localhost,", "-c", "local", playbook], Environment(directory.FullName), cancellationToken, Patience);
            var start = result.Output.IndexOf('{', StringComparison.Ordinal);
            Assert.True(start >= 0, result.Output + result.Error);
            return JsonNode.Parse(result.Output[start..])!["plays"]![0]!["tasks"]!.AsArray().ToDictionary(
                task => (string)task!["task"]!["name"]!, Answer);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JsonNode Answer(JsonNode? task)
    {
        var answer = task!["hosts"]!["localhost"]!;
        Assert.True(
            (bool?)answer["failed"] != true, $"{task["task"]!["name"]}: {answer["msg"]}\n{answer["module_stderr"]}{answer["exception"]}");
        return answer;
    }

    private Dictionary<string, string?> Environment(string directory) => new()
    {
        ["AWS_URL"] = endpoint.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = account.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = account.SecretAccessKey,
        ["AWS_REGION"] = Account.Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["ANSIBLE_STDOUT_CALLBACK"] = "ansible.posix.json",
        ["ANSIBLE_PYTHON_INTERPRETER"] = "/usr/bin/python3",
        ["ANSIBLE_PIPELINING"] = "true",
        ["ANSIBLE_DEPRECATION_WARNINGS"] = "false",
        ["ANSIBLE_HOME"] = directory,
        ["ANSIBLE_LOCAL_TEMP"] = directory,
        ["ANSIBLE_REMOTE_TEMP"] = directory,
        ["LC_ALL"] = "C.UTF-8",
    };
}
